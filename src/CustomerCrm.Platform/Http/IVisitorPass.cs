namespace CustomerCrm.Platform.Http;

/// <summary>Read from the header <c>Crm-Visitor</c>: who of a page's visitors it is.</summary>
public interface IVisitorPass;
